"""Day-to-day questions to the running system, answered from the live account; nothing is changed there."""
