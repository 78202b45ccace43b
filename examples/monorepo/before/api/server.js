const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: /shop\.example$/, credentials: true }));
app.get('/basket', (request, response) => response.json([]));
app.listen(3000);
