"""For any WSGI server: ``gunicorn wsgi:app``."""

from motabot.app import create_app

app = create_app()
