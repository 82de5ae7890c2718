"""Words for files that people send."""

from gateway.errors.entry import Entry

_TAKEN_EN = "Pictures are taken as JPEG, PNG, WebP or GIF, sound as MP3, M4A, AAC, AMR or WAV."
_TAKEN_ZH = "图片支持 JPEG、PNG、WebP、GIF，语音支持 MP3、M4A、AAC、AMR、WAV。"

UPLOADS = (
    Entry(
        "UPLOAD_BY_POST_ONLY",
        "Files are sent here by POST only.",
        "此地址只接受以 POST 上传文件。",
        status=405,
    ),
    Entry(
        "UPLOAD_NOT_MULTIPART",
        "Files are sent as multipart/form-data, uncompressed. Let the browser or the library set Content-Type itself.",
        "上传须使用未压缩的 multipart/form-data，请由浏览器或程序库自行设置 Content-Type。",
        status=415,
    ),
    Entry(
        "UPLOAD_MALFORMED",
        "The upload cannot be read to its end. Send a form in which every part is a file with a name.",
        "上传内容不完整或无法读取，请发送表单，且每个部分都是带文件名的文件。",
        status=400,
    ),
    Entry(
        "NO_FILE",
        "There is no file in the upload. Send at least one.",
        "上传中没有文件，请至少选择一个。",
        status=400,
    ),
    Entry(
        "TOO_MANY_FILES",
        "There are too many files in the upload; at most {most} are taken. Send the others in another one.",
        "一次最多上传 {most} 个文件，其余请分次上传。",
        status=413,
    ),
    Entry(
        "FILE_TOO_LARGE",
        "The file {file} is larger than {most} bytes. Send a smaller one.",
        "文件 {file} 超过 {most} 字节，请压缩后再上传。",
        status=413,
    ),
    Entry(
        "TOO_MANY_PIXELS",
        "The picture {file} has more than {most} pixels, all frames together. Send a smaller one.",
        "图片 {file} 超过 {most} 像素（动图按所有帧合计），请缩小后再上传。",
        status=413,
    ),
    Entry(
        "EMPTY_FILE",
        "The file {file} is empty. Choose it again.",
        "文件 {file} 是空的，请重新选择。",
        status=400,
    ),
    Entry(
        "UNSUPPORTED_FILE_TYPE",
        f"The file {{file}} is of a type that is not taken. {_TAKEN_EN}",
        f"不支持文件 {{file}} 的类型。{_TAKEN_ZH}",
        status=415,
    ),
    Entry(
        "UNREADABLE_FILE",
        "The file {file} is damaged: its content cannot be read. Make or record it again.",
        "文件 {file} 已损坏，无法读取，请重新拍摄或录制。",
        status=422,
    ),
    Entry(
        "UPLOADS_BUSY",
        "Too many uploads are under way. Try again in a few seconds.",
        "当前上传过多，请几秒后再试。",
        retryable=True,
        status=503,
    ),
)
