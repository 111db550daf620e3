"""The Faust app and every override of Faust or aiokafka."""
