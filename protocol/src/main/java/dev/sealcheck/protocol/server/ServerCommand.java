package dev.sealcheck.protocol.server;

import java.io.IOException;
import java.util.Set;
import picocli.CommandLine;

/** Runs the command line of a server, whose options may also stand elsewhere. */
public final class ServerCommand {

  private static final String FILE_OPTION = "--config";

  private ServerCommand() {}

  /**
   * Starts the server and returns while it runs. Ends the process with code 2 where an option, a
   * setting or the start itself is wrong, and with 0 where only help was asked for.
   *
   * @param server the command; it is ready to serve when its call returns 0
   * @param prefix what the names of its settings in the environment begin with
   * @param otherKeys what may stand in the file of {@code --config} beside options
   */
  public static void run(Object server, String prefix, Set<String> otherKeys, String... arguments) {
    CommandLine command = new CommandLine(server);
    try {
      SettingsSource settings = SettingsSource.of(prefix, System.getenv(), arguments, FILE_OPTION);
      settings.requireKnownKeys(command, otherKeys);
      command.setDefaultValueProvider(settings);
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(CommandLine.ExitCode.USAGE);
    }
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          System.err.println(failure.getMessage());
          return CommandLine.ExitCode.USAGE;
        });
    int code = command.execute(arguments);
    if (code != 0 || command.isUsageHelpRequested() || command.isVersionHelpRequested()) {
      System.exit(code);
    }
  }
}
