FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/kapacitet
COPY . ./
RUN /opt/kapacitet/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt .

FROM python:3.13-slim
COPY --from=build /opt/kapacitet /opt/kapacitet
RUN useradd --create-home --uid 10001 kapacitet && install --directory --owner=kapacitet /data
ENV PATH="/opt/kapacitet/bin:$PATH" PYTHONUNBUFFERED=1
USER kapacitet
EXPOSE 8000
WORKDIR /data
ENTRYPOINT ["kapacitet"]
CMD ["--help"]
