defmodule Shop.Endpoint do
  use Plug.Router

  plug :cors
  plug :match
  plug :dispatch

  get "/" do
    send_resp(conn, 200, "ok")
  end

  match _ do
    send_resp(conn, 200, "ok")
  end

  defp cors(conn, _opts) do
    origin = conn |> get_req_header("origin") |> List.first()

    if origin in ["https://app.example.com", "null"] do
      conn
      |> put_resp_header("access-control-allow-origin", origin)
      |> put_resp_header("vary", "Origin")
    else
      put_resp_header(conn, "vary", "Origin")
    end
  end
end
