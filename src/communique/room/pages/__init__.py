"""The pages for reading, one module each. Each view gathers plain data; templates and twins show it."""
