import socketio

sio = socketio.Server(async_mode="threading", cors_allowed_origins="https://app.example.com", cors_credentials=False)
app = socketio.WSGIApp(sio)
