"""The contexts of generated pages and macros: the values that their templates show. No HTML here."""
