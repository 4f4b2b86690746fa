/**
 * Long words that hold sentences together and carry nothing, in the languages most recordings are in; lower case, without apostrophes.
 * Shorter ones need no list: they never stand out.
 */
export const grammarWords: ReadonlySet<string> = new Set(
  (
    'because before really always either neither whether though although through without within another instead during around across ' +
    'against between behind beyond toward towards however unless rather enough almost already actually basically literally probably ' +
    'perhaps anyway should having getting myself yourself himself herself itself ourselves themselves everything something anything ' +
    'nothing everyone someone anyone everybody somebody anybody nobody whatever whenever wherever whoever couldnt wouldnt shouldnt doesnt ' +
    'didnt wasnt werent havent hasnt hadnt youre theyre ' +
    'einfach vielleicht natürlich eigentlich irgendwie zwischen während nachdem trotzdem deshalb überhaupt werden wurden würden können ' +
    'konnte könnte müssen sollte sollten jemand niemand nichts andere anderen ' +
    'porque siempre también entonces además aunque después mientras alguien ninguno nosotros ustedes nuestro nuestra cuando ' +
    'toujours vraiment depuis pendant quelque quelques plusieurs encore maintenant ' +
    'perché sempre davvero magari comunque quando qualcosa qualcuno nessuno mentre ancora quindi invece allora ' +
    'também enquanto alguém ninguém depois embora'
  ).split(' '),
)
