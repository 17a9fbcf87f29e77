"""The operators of the platform: their accounts, sign-in and console on the bare host."""
