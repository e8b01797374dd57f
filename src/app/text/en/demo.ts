/** The words of the page that runs without a server. Not in `text`: no other page has them. */
export const demo = {
  name: 'Demonstration.',
  about:
    'The console, a simulated Ant Ray and a month of its past run in this page. Nothing is sent anywhere; a reload begins anew.',
} as const;
