const { ApolloServer } = require('apollo-server');
const { typeDefs, resolvers } = require('./schema');

const server = new ApolloServer({
  typeDefs,
  resolvers,
  cors: { origin: ['https://shop.example'], credentials: true },
});

server.listen(4001);
