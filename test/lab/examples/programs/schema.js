/** What the catalogue of the examples imports. */
exports.typeDefs = 'type Query { articles: [String!]! }';
exports.resolvers = { Query: { articles: () => ['tea'] } };
