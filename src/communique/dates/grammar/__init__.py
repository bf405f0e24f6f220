"""The words of time expressions: from a text to forms, without knowing when they were written."""
