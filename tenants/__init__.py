"""Departments: catalogue, hosts, provisioning."""
