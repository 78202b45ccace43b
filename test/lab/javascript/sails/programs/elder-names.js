module.exports.security = {
  cors: {
    allRoutes: true,
    origin: 'https://app.example.com',
    credentials: true,
    methods: 'GET, POST, PUT',
    headers: 'content-type, x-test',
    exposeHeaders: 'X-Total-Count',
  },
};
