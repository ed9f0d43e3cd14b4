// A site with no more than the documents, as the community's site has them.
// FORMAT is how files `.md` are read: `detect` (CommonMark) or `mdx`.
module.exports = {
  title: 'Standards',
  url: 'https://example.org',
  baseUrl: '/',
  // Documents may lead where this site has nothing; the links of the index are judged by pages.py.
  onBrokenLinks: 'warn',
  onBrokenAnchors: 'warn',
  markdown: {
    format: process.env.FORMAT,
    hooks: { onBrokenMarkdownLinks: 'warn', onBrokenMarkdownImages: 'warn' },
  },
  themes: ['@docusaurus/theme-classic'],
  plugins: [
    [
      '@docusaurus/plugin-content-docs',
      { path: 'standards', routeBasePath: 'standards', sidebarPath: './sidebars.js' },
    ],
  ],
};
