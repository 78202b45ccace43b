from chalice import Chalice, CORSConfig

app = Chalice(app_name="shop")
app.api.cors = CORSConfig(allow_origin="https://app.example.com", allow_credentials=True)


@app.route("/", methods=["GET", "HEAD", "POST", "PUT", "DELETE"])
def index():
    return "ok"
