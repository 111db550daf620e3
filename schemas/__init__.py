"""The public contract: the models of all messages, the topics and the CloudEvents envelope."""
