"""For any WSGI server: ``gunicorn wsgi:app``."""

from motabot.app import create_app
from motabot.sms.intake import prepare

prepare()
app = create_app()
