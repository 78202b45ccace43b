import http from 'node:http';
import microCors from 'micro-cors';

const cors = microCors({ origin: 'https://app.example.com', allowCredentials: 'no' });
const handler = (req, res) => res.end('ok');

http.createServer(cors(handler)).listen(process.env.PORT, '127.0.0.1');
