import type { Command } from 'commander'
import { aspects, captionStyles, tightenings } from '../../domain/clip.ts'

/** `clipwright edit …`: one clip, changed by hand. */
export function describeEdit(program: Command, end: (status: number) => void): void {
  program
    .command('edit')
    .description('Changes one clip and makes it anew; without options shows it (docs/guide/editing.md).')
    .argument('<clip>', 'the file of a clip, its folder with its rank (talk-clips 3), or RUN#RANK')
    .argument('[rank]', 'which clip of the folder')
    .option('--trim-start <seconds>', 'take this much off its beginning; -1.5 begins earlier')
    .option('--trim-end <seconds>', 'take this much off its end; -1.5 ends later')
    .option('--ranges <list>', 'play these stretches of the recording, in this order: 1:02-1:10.5,0:30-0:41')
    .option('--remove <words>', 'take words out; "words#2" only the second time (may be given again)', collect)
    .option('--keep <words>', 'bring words back that were taken out, and let no tightening have them', collect)
    .option('--replace <from=to>', 'show words otherwise in the captions: "Jon=John" (may be given again)', collect)
    .option('--title <text>', 'its title, and so the name of its file')
    .option('--framing <file>', 'where the camera looks in it (docs/guide/framing.md)')
    .option('--tighten [kinds]', `take out ${tightenings.join(', ')}; none for nothing`)
    .option('--tighten-zoom [factor]', 'show every second stretch between jumps larger (1.08); none for not')
    .option('--aspect <ratio>', `this clip alone as ${aspects.join(', ')}`)
    .option('--captions <style>', `captions of this clip alone: ${captionStyles.join(', ')}`)
    .option('--undo', 'take the last edit back')
    .option('--original', 'as it was first made')
    .option('--list', 'show it: what it plays, what it says, what was changed')
    .option('--data <folder>', 'where Clipwright keeps its database and files')
    .option('--json', 'print one JSON document')
    .action(async (clip: string, rank: string | undefined, options: object) => {
      const { edit } = await import('./edit.ts')
      end(await edit(clip, rank, options))
    })
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value]
}
