"""Clients, security, topic administration, ACLs, lag and the development broker."""
