;;; Uses Emacs with eglot as a person does. Prints TAP.  -*- lexical-binding: t -*-
;; emacs --batch --no-init-file -L … -l emacs.el EXAMPLE BINARY

(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'markdown-mode)

(defvar example (expand-file-name (pop command-line-args-left)))
(defvar binary (expand-file-name (pop command-line-args-left)))
(defvar patience 30 "Seconds.")
(defvar cases 0)
(defvar failures 0)

(defmacro case (name &rest body)
  (declare (indent 1))
  `(let ((passed (condition-case failure (progn ,@body t)
                   (error (princ (format "# %S\n" failure)) nil))))
     (cl-incf cases)
     (unless passed (cl-incf failures))
     (princ (format "%s %d - %s\n" (if passed "ok" "not ok") cases ,name))))

(defmacro eventually (what &rest condition)
  "Wait until CONDITION returns non-nil, and return that."
  (declare (indent 1))
  `(let ((end (+ (float-time) patience)) found)
     (while (not (or (setq found (progn ,@condition)) (> (float-time) end)))
       (accept-process-output nil 0.05))
     (or found (error "waited in vain for %s" ,what))))

(defun go-to (words)
  (goto-char (point-min))
  (search-forward words)
  (goto-char (match-beginning 0)))

(defun shown-codes ()
  "Return the codes of the findings that flymake shows in this buffer."
  (mapcar (lambda (found) (flymake-diagnostic-text found)) (flymake-diagnostics)))

;; As in docs/editors.md, except for the binary.
(add-to-list 'eglot-server-programs `(markdown-mode . (,binary "lsp")))
(setq eglot-sync-connect patience)

(case "eglot starts the server for a note"
  (find-file (expand-file-name "notes/schemers.md" example))
  (unless (derived-mode-p 'markdown-mode) (error "%s" major-mode))
  (apply #'eglot (eglot--guess-contact))
  (eventually "a server" (eglot-current-server)))

(case "findings are shown"
  (eventually "the changed quotation"
    (flymake-start)
    (cl-some (lambda (text) (string-match-p "always" text)) (shown-codes))))

(case "hover shows the senses of a term"
  (go-to "schemers in which")
  (let ((hover (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams))))
    (unless (string-match-p "Carlsmith" (format "%S" hover)) (error "%S" hover))))

(case "from a quotation to the very words"
  (go-to "clarity is always")
  (let* ((found (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot)))
         (marker (xref-location-marker (xref-item-location (car found)))))
    (with-current-buffer (marker-buffer marker)
      (unless (string-suffix-p "003_8279fd142acaf4fa.txt" buffer-file-name) (error "%s" buffer-file-name))
      (goto-char marker)
      (unless (looking-at-p "I’m not generically against\\|clarity is often") (error "%s" (thing-at-point 'line))))))

(case "findings follow an edit"
  (go-to "always very important")
  (delete-char (length "always"))
  (insert "often")
  (eglot--signal-textDocument/didChange)
  (eventually "the end of the finding"
    (let ((shown (shown-codes)))
      (and shown (not (cl-some (lambda (text) (string-match-p "quotation says" text)) shown)))))
  (set-buffer-modified-p nil))

(case "it stops"
  (eglot-shutdown (eglot-current-server))
  (eventually "its end" (not (eglot-current-server))))

(princ (format "1..%d\n" cases))
(kill-emacs (if (zerop failures) 0 1))
