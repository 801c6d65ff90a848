"""The `consult` command. Each subcommand is imported only when it is called."""

import importlib

import click

COMMANDS = {
    "analyse": "consult.cli.analyse:analyse",
    "backup": "consult.cli.backup:backup",
    "create": "consult.cli.create:create",
    "demo": "consult.cli.demo.command:demo",
    "encoder": "consult.cli.encoder:encoder",
    "evaluate": "consult.cli.evaluate:evaluate",
    "export": "consult.cli.exports:export_group",
    "import": "consult.cli.imports:import_group",
    "lexicon": "consult.cli.lexicon:lexicon",
    "migrate": "consult.cli.serve:migrate",
    "serve": "consult.cli.serve:serve",
    "themes": "consult.cli.themes:themes",
    "translations": "consult.cli.translations:translations",
    "users": "consult.cli.users:users",
    "worker": "consult.cli.serve:worker",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        return getattr(importlib.import_module(module), attribute)  # type: ignore[no-any-return]


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Consult: ask in many languages, group the answers, draft the strategy."""
