import tests from './playwright.config.ts';

/** Draws the pictures of README.md and of the guide anew: `npm run pictures`. */
export default { ...tests, testMatch: '**/*pictures.ts', workers: 1 };
