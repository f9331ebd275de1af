package io.fengsui.standalone.cli;

import picocli.CommandLine.Command;

/** What people ask of the rules. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = {
            "Checks and tests rules, explains an alert, and tries rules on events that were.",
            "",
            "streams-app/docs/rule-format.md describes rules and their tests; 'fengsui seeds load' brings them into force."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CheckRulesCommand.class, TestRulesCommand.class, ExplainAlertCommand.class, TryRulesCommand.class
        })
final class RulesCommand {}
