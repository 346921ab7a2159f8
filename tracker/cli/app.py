"""The command ``tracker``: its commands, each loaded when it is called, and its exit statuses."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from tracker.cli import terminal
from tracker.cli.face import Face
from tracker.errors import TrackerError

# The module that holds each command, in the order of the help.
_MODULES = {
    "init": "init",
    "import": "import_",
    "status": "status",
    "flagged": "flagged",
    "text": "text",
    "show": "show",
    "propose": "propose",
    "agree": "agree",
    "decide": "decide",
    "diff": "diff",
    "log": "log",
    "why": "why",
    "blame": "blame",
    "search": "search",
    "export": "export",
    "undo": "undo",
    "revert": "revert",
    "verify": "verify",
    "comment": "comment",
    "proposal": "proposal",
    "meeting": "meeting",
    "series": "series",
    "edition": "edition",
    "translation": "translation",
    "document": "document",
    "participant": "participant",
    "reference": "reference",
    "db": "db",
}


class _Commands(TyperGroup):
    """Loads the one module that a command line names, so that starting stays quick."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # typer calls it so
        """Return the names of the commands."""
        return list(_MODULES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # typer calls it so
        """Return a command by its name; none if there is no such command."""
        if cmd_name not in _MODULES:
            return None
        module = import_module(f"tracker.cli.commands.{_MODULES[cmd_name]}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that a line names; suggestions are made from all names."""
        self.commands = cast(Any, dict.fromkeys(_MODULES))
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from tracker import __version__

        typer.echo(f"tracker {__version__}")
        raise typer.Exit


@app.callback()
def tracker(
    context: typer.Context,
    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            envvar="TRACKER_DATABASE",
            metavar="URL",
            help="The store: a file or a URL; else tracker.db here or in the nearest folder above.",
        ),
    ] = None,
    document: Annotated[
        str | None,
        typer.Option(
            "--document",
            envvar="TRACKER_DOCUMENT",
            metavar="KEY",
            help="The document, where a store holds several.",
        ),
    ] = None,
    author: Annotated[
        str | None,
        typer.Option(
            "--author",
            envvar="TRACKER_AUTHOR",
            metavar="NAME",
            help="Who types this; else the login name.",
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001  # its callback has spoken
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Carry a jointly agreed text from one edition to the next."""
    context.obj = Face(database or None, document or None, author or None)


def main() -> None:
    """Run the command line and end the process with its exit status."""
    status = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    # All is written and closed. Taking every module apart, as the interpreter does at its end,
    # would take a third of the time of a command.
    os._exit(status)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status.

    0 done, 1 refused or not found, 2 usage, 3 done but a collision or an orphan was made or a row
    of a matrix was not taken, 130 interrupted. Nothing is printed but what the command prints and
    one message of what was wrong.
    """
    _prepare_streams()
    interrupt = signal.getsignal(signal.SIGINT)
    try:
        return _run(arguments)
    finally:
        signal.signal(signal.SIGINT, interrupt)


def _prepare_streams() -> None:
    """Stand in for the standard streams that are closed, and let none refuse a character."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: list[str]) -> int:
    command = typer.main.get_command(app)
    try:
        with command.make_context("tracker", arguments) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as ended:
        return ended.exit_code
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (KeyboardInterrupt, EOFError, typer.Abort):
        terminal.say("\ntracker: interrupted; nothing was stored")
        return 130
    except TrackerError as error:
        terminal.fail(error.message, error.hint)
        return error.status
    except TyperException as error:
        return _usage(error)
    except UnicodeEncodeError as error:
        terminal.fail(f"{error.object!r} is not valid Unicode", "give it as UTF-8")
        return 1
    except OSError as error:
        terminal.fail(
            f"the output cannot be written: {error.strerror}", "see what is stored: tracker log"
        )
        return 1
    except Exception as error:
        if os.environ.get("TRACKER_DEBUG"):
            raise
        terminal.fail(
            f"a fault in this program: {type(error).__name__}: {error}",
            "please report it with what TRACKER_DEBUG=1 prints; tracker log shows what is stored",
        )
        return 1
    return 0


def _usage(error: TyperException) -> int:
    """Tell of a command line that does not fit."""
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "tracker"
    if context is not None and not context.args and error.message == context.get_help():
        terminal.say(error.message)
    else:
        terminal.fail(error.format_message().rstrip("."), f"see: {where} --help")
    return 2
