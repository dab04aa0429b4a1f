"""Views, one module a page. They ask a service, and show what it gives."""
