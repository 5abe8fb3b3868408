"""Examples of the rules of `cloudtrail_data_events`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_BUCKET = Declared("s3/bucket:Bucket", {"bucket": "documents"}, name="documents", protect=True)
_RECORDED = [{"dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::documents/"]}]}]
_ELSEWHERE = [{"dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::other/"]}]}]
_UNKNOWN = [{"dataResources": [{"type": "AWS::S3::Object", "values": [UNKNOWN]}]}]


def _plain_trail(**props: object) -> Declared:
    return Declared("cloudtrail/trail:Trail", {"name": "trail", **props}, name="trail")


EXAMPLES = (
    Example(
        "cloudtrail-trail-data-events",
        good=case(_plain_trail(eventSelectors=_RECORDED), _BUCKET),
        bad=case(
            _plain_trail(eventSelectors=_ELSEWHERE),
            _BUCKET,
            says="no trail of this stack records the data events of documents",
        ),
        missing=case(_plain_trail(), _BUCKET, says="no trail of this stack records"),
        unknown=case(_plain_trail(eventSelectors=_UNKNOWN), _BUCKET),
        config=case(_BUCKET, says="no trail of this stack records", stores=["doc*"]),
    ),
)
