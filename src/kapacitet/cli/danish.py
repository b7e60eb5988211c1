"""Typer in Danish: help, headings, and errors in how a command was called."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from typer import rich_utils
from typer.core import TyperCommand, TyperGroup, TyperOption

from kapacitet.cli import statuses
from kapacitet.cli.failures import told

HELP = "Vis denne hjælp."
rich_utils.ARGUMENTS_PANEL_TITLE = "Argumenter"
rich_utils.OPTIONS_PANEL_TITLE = "Tilvalg"
rich_utils.COMMANDS_PANEL_TITLE = "Kommandoer"
rich_utils.REQUIRED_LONG_STRING = "[skal angives]"
rich_utils.DEFAULT_STRING = "[ellers {}]"

_NO_COMMAND = re.compile(r"No such command '(.*?)'\.?(?: Did you mean (.*)\?)?$")
_NOT_A_NUMBER = re.compile(r"valid (?:number|float|integer)")
_BEYOND = re.compile(r"(greater|less) than or equal to (-?[0-9]+)$")


class DanishCommand(TyperCommand):
    """A command whose help and errors are in Danish."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """The option that shows the help."""
        return _with_danish_help(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        """How the command is called."""
        return _usage(super().get_usage(ctx))


class DanishGroup(TyperGroup):
    """All commands; whatever goes wrong in one of them is told in Danish."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """The option that shows the help."""
        return _with_danish_help(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        """How the commands are called."""
        return _usage(super().get_usage(ctx))

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        with told():
            return super().invoke(ctx)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Read the command line and run it; errors in how it was called are told in Danish."""
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, ValueError):
                stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        try:
            status = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except Exception as error:
            if not standalone_mode or not hasattr(error, "format_message"):
                raise
            if told := _called_wrongly(error):
                print(told, file=sys.stderr)
            sys.exit(statuses.FAULTY)
        if standalone_mode:
            sys.exit(status if isinstance(status, int) else 0)
        return status


def _with_danish_help(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = HELP
    return option


def _usage(text: str) -> str:
    for english, danish in (
        ("Usage:", "Brug:"),
        ("[OPTIONS]", "[TILVALG]"),
        ("COMMAND [ARGS]...", "KOMMANDO [ARGUMENTER]..."),
    ):
        text = text.replace(english, danish)
    return text


def _called_wrongly(error: Any) -> str:
    """A Danish sentence for an error in how a command was called, and where to read more; blank if it was help."""
    context = getattr(error, "ctx", None)
    kind, message = type(error).__name__, str(getattr(error, "message", ""))
    if kind == "NoArgsIsHelpError":
        return message
    parameter = getattr(error, "param", None)
    name = parameter.get_error_hint().strip("'") if parameter is not None else ""
    if kind == "MissingParameter":
        text = f"{name} mangler."
    elif kind == "NoSuchOption":
        near = ", ".join(sorted(error.possibilities or ()))
        text = f"Tilvalget {error.option_name} findes ikke." + (f" Mente du {near}?" if near else "")
    elif match := _NO_COMMAND.search(message):
        near = f" Mente du {re.sub("'(.*?)'", r'«\1»', match[2])}?" if match[2] else ""
        text = f"Kommandoen «{match[1]}» findes ikke.{near}"
    elif kind == "BadParameter":
        text = f"{name}: {_bad_value(message)}"
    else:
        text = f"Kommandoen kan ikke læses: {error.format_message()}"
    path = context.command_path if context is not None else "kapacitet"
    return f"{text}\nSe «{path} --help»."


def _bad_value(message: str) -> str:
    """What to write instead; the checks of our own say it themselves."""
    if _NOT_A_NUMBER.search(message):
        return "Skriv et tal med punktum som decimaltegn."
    if beyond := _BEYOND.search(message):
        return f"Skriv {'mindst' if beyond[1] == 'greater' else 'højst'} {beyond[2]}."
    return message
