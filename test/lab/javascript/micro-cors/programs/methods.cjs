const { serve } = require('micro');
const http = require('http');
const cors = require('micro-cors')({ origin: 'https://app.example.com', allowMethods: ['GET', 'PUT'] });

const handler = async (req) => (req.method === 'OPTIONS' ? '' : 'ok');
http.createServer(serve(cors(handler))).listen(process.env.PORT, '127.0.0.1');
