"""The forms in which a report can be had; each module has one function `render`."""
