exports.corsOptions = {
  origin: 'https://app.example.com/',
  methods: ['GET', 'PATCH', 'delete'],
};
