const shortcut = {
  palette: 'Search everything',
  find: 'Filter the list, or find a node on the map',
  create: 'New virtual cluster',
  edit: 'Edit the virtual cluster that is open, or whose row has the focus',
  overview: 'Go to the top of the overview',
  clusters: 'Go to the virtual clusters',
  nodes: 'Go to the node map',
  journal: 'Go to the journal',
  view: 'Map or table of the nodes',
  help: 'This list',
};

/** The words of the palette and of the list of keys; loaded with them. */
export const commands = {
  shortcut,
  sheet: {
    title: 'Keyboard shortcuts',
    anywhere: 'Anywhere',
    list: 'In the list of virtual clusters',
    map: 'On the node map',
    forms: 'In forms',
    inList: [
      ['↑ ↓', 'Go from row to row'],
      ['Home End', 'Go to the first or the last row'],
      ['Enter', 'Open the virtual cluster'],
      ['→ ←', 'Show and hide its job clusters'],
      ['Esc', 'Close what is open'],
    ],
    onMap: [
      ['← → ↑ ↓', 'Go from node to node'],
      ['PgUp PgDn', 'Go from section to section'],
      ['Enter', 'Open a node'],
      ['+ −', 'Zoom'],
      ['0', 'Show all'],
    ],
    inForms: [
      ['↑ ↓', 'One more or one less'],
      ['PgUp PgDn', 'Ten more or ten less'],
      ['Enter', 'Save'],
      ['Esc', 'Close; what is typed is kept'],
    ],
    on: 'Keys without Ctrl or ⌘ work',
    onDetail: 'Switch them off if you speak to your machine, or press keys by mistake. Search works in any case.',
    docs: 'Ant Ray and its documents',
    docsAddress: 'https://github.com/antgroup/ant-ray',
  },
} as const;
