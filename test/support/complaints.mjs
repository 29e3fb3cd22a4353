// A program: what lint says of imports, each as `[file, what it imports]`, by the rule of that file. In a process of its
// own, because ESLint loads its configuration in a way that does not work within Jest.
import console from 'node:console';
import process from 'node:process';
import { ESLint, Linter } from 'eslint';

const RULE = 'no-restricted-imports';
const eslint = new ESLint();
const complaints = [];
for (const [file, from] of JSON.parse(process.argv[2])) {
  const { rules } = await eslint.calculateConfigForFile(file);
  const messages = new Linter().verify(`import '${from}';`, { rules: { [RULE]: rules[RULE] ?? 'off' } });
  complaints.push(messages.map(({ message }) => message));
}
console.log(JSON.stringify(complaints));
