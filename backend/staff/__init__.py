"""Staff of the city: accounts, roles, sign-in, and the tokens of programs that ask for data."""
