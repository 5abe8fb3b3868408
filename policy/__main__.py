"""The pack's entry point, as the engine runs it: serve every rule until the engine ends this process."""

from tms_policies.serving import main

main()
