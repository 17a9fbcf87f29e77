"""Dated legal parameters and the functions that apply them."""
