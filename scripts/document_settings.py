"""Write the table of settings into docs/operating.md: python -m scripts.document_settings."""

from __future__ import annotations

from pathlib import Path

from pydantic.fields import FieldInfo

from motabot.settings import Settings

PAGE = Path(__file__).parents[1] / "docs" / "operating.md"
BEGIN, END = "<!-- settings: python -m scripts.document_settings -->", "<!-- end of settings -->"


def table() -> str:
    """The settings as a Markdown table, in the order of `motabot.settings`."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    rows += [
        f"| `{variable(name)}` | {_default(name, field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(rows)


def variable(name: str) -> str:
    """The environment variable of a field."""
    return name.upper() if name.startswith("openai_") else f"MOTABOT_{name.upper()}"


def page(text: str) -> str:
    """The page with its table as it must be now."""
    before, rest = text.split(BEGIN)
    _old, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def _default(name: str, field: FieldInfo) -> str:
    if name == "data_dir":
        return "`/var/lib/motabot` as root, else the user's data folder"
    value = field.default
    if value is None or value == ():
        return "unset"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:%H:%M}" if hasattr(value, "hour") else f"{value:g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
