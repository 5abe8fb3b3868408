"""What each rule accepts and refuses: the tests run these, and the rules' pages show them."""
