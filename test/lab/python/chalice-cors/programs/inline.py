from chalice import Chalice, CORSConfig

app = Chalice(app_name="shop")


@app.route("/", methods=["GET", "HEAD", "POST", "PUT", "DELETE"], cors=CORSConfig(allow_origin="https://app.example.com"))
def index():
    return "ok"
