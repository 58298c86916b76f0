"""The commands of `ogi`: one thin function a command; what it needs is imported when it runs."""
