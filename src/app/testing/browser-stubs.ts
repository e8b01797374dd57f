/** jsdom has no media queries: all `match`, or none does. Nothing is printed. */
export function stubMediaQueries(matches: boolean): void {
  window.matchMedia = (query) =>
    Object.assign(new EventTarget(), {
      matches: matches && query !== 'print',
      media: query,
      onchange: null,
      addListener() {},
      removeListener() {},
    });
}

/** jsdom has no layout, so no size ever changes. */
export function stubResizeObserver(): void {
  window.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
}
