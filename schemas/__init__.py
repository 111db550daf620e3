"""The public contract: the models of all messages, the topics and the CloudEvents envelope.

Subscribers install this package as `newsloom` (distribution `newsloom-client`).
"""
