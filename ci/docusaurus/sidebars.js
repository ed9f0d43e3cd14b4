module.exports = { standards: require('./sidebarsStandardsItems.js') };
