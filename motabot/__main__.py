"""``python -m motabot`` is the command ``motabot``."""

from motabot.cli.main import main

main()
