import type { NextApiRequest, NextApiResponse } from 'next';
import NextCors from 'nextjs-cors';

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  await NextCors(req, res, {
    origin: (origin, callback) => callback(null, !origin || origin === 'https://m.shop.example'),
    methods: ['GET', 'PUT'],
    credentials: true,
    optionsSuccessStatus: 200,
  });

  res.json({ articles: [] });
}
