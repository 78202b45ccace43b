import * as companion from '@uppy/companion';
import express from 'express';

const { app } = companion.app({
  secret: process.env.SECRET,
  filePath: '/var/uploads',
  corsOrigins: [/\.shop\.example/],
});
express().use('/companion', app).listen(3020);
