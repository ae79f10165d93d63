/** Where the demo job writes; nothing outside this folder is touched. */
export const CODE_PATH = "demo/fizzbuzz.mjs";
export const TEST_PATH = "demo/fizzbuzz.test.mjs";
export const TEST_COMMAND = `node ${TEST_PATH}`;

const WRONG = `  if (number % 3 === 0) return 'Fizz';
  if (number % 5 === 0) return 'Buzz';
  if (number % 15 === 0) return 'FizzBuzz';`;

const RIGHT = `  if (number % 15 === 0) return 'FizzBuzz';
  if (number % 3 === 0) return 'Fizz';
  if (number % 5 === 0) return 'Buzz';`;

/** FizzBuzz with its classic mistake. */
export const CODE = `// Written by the Pier demo model.
export function fizzBuzz(number) {
${WRONG}
  return String(number);
}
`;

/** What corrects it. */
export const EDIT = { oldText: WRONG, newText: RIGHT };

export const TEST = `// Written by the Pier demo model.
import { fizzBuzz } from './fizzbuzz.mjs';

const cases = [[1, '1'], [3, 'Fizz'], [5, 'Buzz'], [15, 'FizzBuzz'], [30, 'FizzBuzz']];
let passed = 0;
for (const [number, wanted] of cases) {
  const actual = fizzBuzz(number);
  if (actual === wanted) passed += 1;
  console.log(\`\${actual === wanted ? 'ok    ' : 'not ok'} fizzBuzz(\${number}) is \${actual}, wanted \${wanted}\`);
}
console.log(\`\${passed} of \${cases.length} passed\`);
process.exitCode = passed === cases.length ? 0 : 1;
`;
