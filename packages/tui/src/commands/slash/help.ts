import type { ClientCommand, CommandContext } from "../command.ts";

/** `/help`, and `//help`: what can be typed. */
export function helpCommand(
  tables: () => { slash: readonly ClientCommand[]; client: readonly ClientCommand[] },
): ClientCommand {
  return {
    name: "help",
    description: "List what can be typed",
    async run(context) {
      const { slash, client } = tables();
      const rows = [
        ...rowsOf("/", slash, context),
        ...(await piRows(context)),
        ...rowsOf("//", client, context),
        ["!command", "Run a shell command; !! keeps it from the model"] as const,
        ["@path", "Name a file; Tab completes"] as const,
      ];
      context.list(rows);
    },
  };
}

function rowsOf(mark: string, table: readonly ClientCommand[], context: CommandContext): [string, string][] {
  return table
    .filter((command) => command.isOffered?.(context) !== false)
    .map(({ name, argument, description }) => [
      `${mark}${name}${argument === undefined ? "" : ` ${argument}`}`,
      description,
    ]);
}

/** Commands of extensions, templates and skills; none when pi does not say. */
async function piRows({ attachment }: CommandContext): Promise<[string, string][]> {
  const { commands } = await attachment.getCommands().catch(() => ({ commands: [] }));
  return commands.map(({ name, description, source }) => [`/${name}`, description ?? `(${source})`]);
}
