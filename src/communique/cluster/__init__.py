"""An archive in shards, coded by several processes or machines; the result is that of one process, byte for byte."""
