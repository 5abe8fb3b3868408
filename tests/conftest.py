from hypothesis import settings

# how long an example takes is the machine's affair, not a property of the code
settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")
